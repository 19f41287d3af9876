import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * Starts a broker of ActiveMQ Artemis with the configuration at a URL, until it is killed. Its jars from Maven Central bring no program
 * that does; Java runs this source as it is, with those jars on its class path.
 */
final class ArtemisBroker {
    private ArtemisBroker() {
    }

    public static void main(final String[] args) throws Exception {
        final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfigResourcePath(args[0]);
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                broker.stop();
            } catch (final Exception e) {
                e.printStackTrace();
            }
        }));
        System.out.println("started, journal " + broker.getActiveMQServer().getConfiguration().getJournalType());
        Thread.currentThread().join();
    }
}
