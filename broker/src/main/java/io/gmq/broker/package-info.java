/**
 * The broker as a process: {@link io.gmq.broker.Broker} draws the whole object graph, {@link io.gmq.broker.BrokerThreads} says
 * which part runs on which thread.
 */
package io.gmq.broker;
