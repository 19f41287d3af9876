package io.gmq.compare.link;

import io.nats.client.Nats;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import redis.clients.jedis.Jedis;

/** The client libraries that are used. */
public final class Clients {
    private Clients() {
    }

    /** The version of each by the name of its jar, which has both. */
    public static Map<String, String> versions() {
        final Map<String, String> all = new LinkedHashMap<>();
        for (final Class<?> one : List.of(Jedis.class, Nats.class, com.rabbitmq.client.Connection.class, KafkaProducer.class,
            ActiveMQClient.class)) {
            final String jar = Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath()).getFileName().toString();
            final String name = jar.replaceFirst("-\\d.*", "");
            all.put("client " + name, jar.substring(Math.min(jar.length(), name.length() + 1)).replaceFirst("\\.jar$", ""));
        }
        return all;
    }
}
