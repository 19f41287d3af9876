package io.gmq.compare.link;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka: a topic of one partition, the producer's defaults (acks=all, idempotent) or some of them changed, and a consumer that commits
 * its place after every poll without waiting.
 */
public final class KafkaLink implements Link {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_S = 20;

    private final Flow flow;
    private final TopicPartition partition;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param topicConfig    settings of the topic.
     * @param producerConfig settings of the producer beyond its defaults.
     */
    public KafkaLink(
        final String host,
        final int port,
        final String topic,
        final Map<String, String> topicConfig,
        final Map<String, String> producerConfig,
        final Flow flow)
        throws Exception {
        this.flow = flow;
        final String servers = host + ":" + port;
        partition = new TopicPartition(topic, 0);
        admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers));
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(topicConfig))).all().get(PATIENCE_S, TimeUnit.SECONDS);
        final Map<String, Object> producing = new HashMap<>(producerConfig);
        producing.put("bootstrap.servers", servers);
        producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", servers, "group.id", topic, "enable.auto.commit", "false", "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    @Override
    public void publish(final byte[] payload) {
        producer.send(new ProducerRecord<>(partition.topic(), payload), (metadata, failure) -> {
            if (failure == null) {
                flow.confirmed(1);
            } else {
                flow.fail(failure);
            }
        });
    }

    @Override
    public void poll() {
        while (!flow.isOver()) {
            final ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                for (final ConsumerRecord<byte[], byte[]> record : records) {
                    flow.received(record.value());
                }
                consumer.commitAsync((offsets, failure) -> {
                    if (failure != null && !flow.isOver()) {
                        flow.fail(failure);
                    }
                });
                flow.settled(records.count());
            }
        }
    }

    @Override
    public void publishAndWait(final byte[] payload) throws Exception {
        producer.send(new ProducerRecord<>(partition.topic(), payload)).get();
    }

    @Override
    public void close() throws Exception {
        producer.close();
        consumer.close();
        admin.deleteTopics(List.of(partition.topic())).all().get(PATIENCE_S, TimeUnit.SECONDS);
        admin.close();
    }
}
