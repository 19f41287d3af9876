package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class TopicsTest {
    private final EngineKit kit = new EngineKit();

    private boolean isReached(final String topic) {
        return kit.publish(1, Publish.toTopic(topic, "x")).endsWith("+1");
    }

    @Test
    void shouldReachAllBoundQueuesTheOldestFirst() {
        kit.publish(1, "z", "older");
        kit.bind("t", "a");
        kit.bind("t", "z");
        kit.bind("other", "b");

        assertThat(kit.publish(1, Publish.toTopic("t", "x"))).as("two queues").isEqualTo("c1: published 2+2");
        assertThat(kit.take(2, Take.from("z").max(9))).isEqualTo("c2: messages 1=older 2=x");
        assertThat(kit.take(2, Take.from("a").max(9))).isEqualTo("c2: messages 3=x");
        assertThat(kit.length("b")).isEqualTo("r0 d0 l0 p0");
    }

    @Test
    void shouldNumberTheCopiesOfOneMessageTogether() {
        kit.bind("t", "a");
        kit.bind("t", "b");
        kit.bind("t", "c");

        assertThat(kit.publish(1, Publish.toTopic("t", Draft.of("x"), Draft.of("y")))).isEqualTo("c1: published 1+3");
        assertThat(kit.take(2, Take.from("a").max(9))).isEqualTo("c2: messages 1=x 4=y");
        assertThat(kit.take(2, Take.from("c").max(9))).isEqualTo("c2: messages 3=x 6=y");
    }

    @Test
    void shouldTakeAStarForOneWord() {
        kit.bind("a.*.c", "q");

        assertThat(isReached("a.b.c")).isTrue();
        assertThat(isReached("a.x.c")).isTrue();
        assertThat(isReached("a.c")).isFalse();
        assertThat(isReached("a.b.b.c")).isFalse();
        assertThat(isReached("a.b.c.d")).isFalse();
    }

    @Test
    void shouldTakeAGreaterThanAtTheEndForOneWordOrMore() {
        kit.bind("a.>", "q");

        assertThat(isReached("a.b")).isTrue();
        assertThat(isReached("a.b.c.d")).isTrue();
        assertThat(isReached("a")).isFalse();
        assertThat(isReached("b.a")).isFalse();
    }

    @Test
    void shouldTakeOtherSignsAsTheyAre() {
        kit.bind("a*", "q");

        assertThat(isReached("a*")).isTrue();
        assertThat(isReached("ab")).isFalse();
    }

    @Test
    void shouldReachAQueueOnceHoweverOftenItIsBound() {
        kit.bind("a.*", "q");
        kit.bind("*.b", "q");
        kit.bind(">", "q");
        kit.bind("a.b", "q");

        assertThat(kit.publish(1, Publish.toTopic("a.b", "x"))).isEqualTo("c1: published 1+1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldChangeNothingWhereNoQueueIsReached() {
        kit.bind("t", "q");

        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toTopic("u", Draft.ofLength(100_000))))).isEqualTo("c1: published 0+0");
        assertThat(kit.publish(1, "q", "x")).as("no id was spent").isEqualTo("c1: published 1+1");
    }

    @Test
    void shouldServeThoseWhoWaitInTheOrderOfTheQueues() {
        kit.bind("t", "b");
        kit.bind("t", "a");
        kit.take(2, Take.from("a").waitMs(10));
        kit.take(3, Take.from("b").waitMs(10));

        assertThat(kit.publish(1, Publish.toTopic("t", "x"))).isEqualTo("c1: published 1+2\nc3: messages 1=x\nc2: messages 2=x");
    }

    @Test
    void shouldPublishToAllOrNone() {
        kit.bind("t", "wide");
        kit.bind("t", "narrow");
        kit.configure(Configure.of("narrow").capacity(1));
        kit.publish(1, Publish.toTopic("t", "x"));

        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toTopic("t", "y")))).isEqualTo("c1: refused queue_full narrow 1/1");
        assertThat(kit.length("wide")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldNotMakeMoreCopiesThanAllowed() {
        final EngineKit many = new EngineKit(new Limits(200, 100, 10_000, 1000, 1 << 30, 10));
        for (int i = 0; i < 101; i++) {
            many.bind("t", "q" + i);
        }

        assertThat(many.unchanged(() -> many.publish(1, Publish.toTopic("t", Draft.many(1000)))))
            .startsWith("c1: refused overloaded").endsWith("101000/100000");
        many.delete("q7");
        assertThat(many.publish(1, Publish.toTopic("t", Draft.many(1000)))).isEqualTo("c1: published 1+100");
        assertThat(many.engine().messages()).isEqualTo(100_000);
    }

    @Test
    void shouldHoldTheBytesOfAllCopiesOnce() {
        final int overhead = 3 * Limits.MESSAGE_OVERHEAD;
        final EngineKit tight = new EngineKit(new Limits(9, 100, 100, 1000, overhead + 100, 10));
        tight.bind("t", "a");
        tight.bind("t", "b");
        tight.bind("t", "c");

        assertThat(tight.unchanged(() -> tight.publish(1, Publish.toTopic("t", Draft.ofLength(99).headers("hh")))))
            .endsWith("0/" + (overhead + 100));
        assertThat(tight.publish(1, Publish.toTopic("t", Draft.ofLength(98).headers("hh")))).isEqualTo("c1: published 1+3");
        tight.take(1, Take.from("a").leaseMs(0));
        tight.take(1, Take.from("b").leaseMs(0));
        final int held = Limits.MESSAGE_OVERHEAD + 100;
        assertThat(tight.publish(1, "a", Draft.ofLength(100), Draft.ofLength(100))).as("what is left of it is held")
            .isEqualTo("c1: refused overloaded a " + held + "/" + (overhead + 100));
        tight.take(1, Take.from("c").leaseMs(0));
        assertThat(tight.publish(1, "a", Draft.ofLength(100))).isEqualTo("c1: published 4+1");
    }

    @Test
    void shouldConfirmABindingThatIsThereAndAnUnbindingOfNone() {
        assertThat(kit.bind("t", "q")).isEqualTo("c9: done");
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.unchanged(() -> kit.bind("t", "q"))).isEqualTo("c9: done");
        assertThat(kit.unchanged(() -> kit.unbind("u", "q"))).isEqualTo("c9: done");
        assertThat(kit.unbind("t", "q")).isEqualTo("c9: done");
        assertThat(kit.isChanged()).isTrue();
        assertThat(isReached("t")).isFalse();
    }

    @Test
    void shouldCreateTheQueueThatIsBoundButNotTheOneThatIsUnbound() {
        final EngineKit few = new EngineKit(new Limits(1, 100, 100, 1000, 10_000, 10));

        assertThat(few.unchanged(() -> few.unbind("t", "q"))).isEqualTo("c9: refused no_such_queue q");
        assertThat(few.bind("t", "q")).isEqualTo("c9: done");
        assertThat(few.length("q")).isEqualTo("r0 d0 l0 p0");
        assertThat(few.unchanged(() -> few.bind("t", "r"))).isEqualTo("c9: refused too_many_queues r 1/1");
    }

    @Test
    void shouldForgetTheBindingsOfADeletedQueue() {
        kit.bind("t", "q");
        kit.delete("q");
        kit.publish(1, "q", "a new one");

        assertThat(isReached("t")).isFalse();
    }

    /** All topics of some words out of {a, *}: a publish of a.a.a meets every one of them. */
    private void bindAll(final int words) {
        for (int i = 0; i < 1 << words; i++) {
            final StringBuilder topic = new StringBuilder();
            for (int word = 0; word < words; word++) {
                topic.append(word == 0 ? "" : ".").append((i >> word & 1) == 0 ? "a" : "*");
            }
            kit.bind(topic.toString(), "q");
        }
    }

    @Test
    void shouldBoundWhatOneRequestMeets() {
        bindAll(15);
        final String topic = "a" + ".a".repeat(14);

        assertThat(kit.publish(1, Publish.toTopic(topic, "x"))).isEqualTo("c1: published 1+1");
        final String refused = kit.unchanged(() -> kit.atomic(1, by -> by.publish(Publish.toTopic(topic, "x")),
            by -> by.publish(Publish.toTopic(topic, "x")), by -> by.publish(Publish.toTopic(topic, "x"))));
        assertThat(refused).contains("overloaded").contains(Integer.toString(Limits.MET_MAX));
    }

    @Test
    void shouldBoundTheWordsOfBoundTopics() {
        final String tail = ".x".repeat(120);
        int bound = 0;
        String reply = kit.bind("0" + tail, "q");
        while (reply.endsWith("done")) {
            bound++;
            reply = kit.bind(bound + tail, "q");
        }

        assertThat(reply).contains("overloaded");
        assertThat(bound).isBetween(Limits.TOPIC_WORDS_MAX / 121 - 1, Limits.TOPIC_WORDS_MAX / 121);
        assertThat(kit.bind("0" + tail, "q")).as("what is there already takes no room").endsWith("done");
        kit.unbind("0" + tail, "q");
        assertThat(kit.bind("other" + tail, "q")).as("there is room again").endsWith("done");
    }

    @Test
    void shouldForgetAllWordsWithTheirBindings() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2000; i++) {
                kit.bind("a.b" + i + ".c." + i % 7 + ".>", "q");
                kit.bind("a.*.c" + i % 3, "q");
            }
            assertThat(isReached("a.b1999.c." + 1999 % 7 + ".d")).isTrue();
            assertThat(isReached("a.zz.c2")).isTrue();
            for (int i = 0; i < 2000; i++) {
                kit.unbind("a.b" + i + ".c." + i % 7 + ".>", "q");
                kit.unbind("a.*.c" + i % 3, "q");
            }
            assertThat(isReached("a.b1999.c." + 1999 % 7 + ".d")).isFalse();
            assertThat(isReached("a.zz.c2")).isFalse();
        }
    }
}
