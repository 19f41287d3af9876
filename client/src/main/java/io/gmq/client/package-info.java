/**
 * A pipelined client for GMQ: one connection, any number of requests on their way at once, a future for each.
 *
 * <pre>
 *   try (GmqClient client = GmqClient.connect("127.0.0.1", 4884)) {
 *       long id = client.publish("orders", "hello").join();
 *       for (Message message : client.take("orders", TakeOptions.max(10).wait(Duration.ofSeconds(5))).join()) {
 *           System.out.println(message.text());
 *           client.ack(message).join();
 *       }
 *   }
 * </pre>
 *
 * <p>Inside, top to bottom:
 *
 * <pre>
 *   GmqClient     the operations: what the caller meant, as the bytes of a request  (Requests, JsonBuffer)
 *   Connection    the socket, its two threads and the bound on what is on its way   (PendingTable)
 *   ReplyReader   the bytes of a reply, as values for the future that waits for it  (Reply, DSL-JSON),
 *                 and those of a push, for the consumer they are for                (Consumers)
 * </pre>
 *
 * <p>Every failure is a {@link io.gmq.client.GmqException}: {@link io.gmq.client.GmqRefusedException} when the broker said no (nothing
 * changed), {@link io.gmq.client.GmqConnectionException} when the request was never sent (nothing changed), and
 * {@link io.gmq.client.GmqUnknownOutcomeException} when it was sent and its reply never came (it may or may not have happened).
 */
package io.gmq.client;
