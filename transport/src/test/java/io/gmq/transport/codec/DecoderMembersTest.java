package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member with every operation: good values, bad ones, twice, and where it does not belong. */
final class DecoderMembersTest {
    private static final Set<Member> OF_ANYTHING = Set.of(Member.CONFIRMATION, Member.ERROR);
    private static final Set<Member> INNER = Set.of(Member.USER, Member.PASSWORD);
    private static final List<String> NO_INTEGERS = List.of("1.0", "1e2", "-0", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "-1", "1.5", "\"1\"", "true", "null", "[]", "[1]", "{}");
    private static final List<String> NO_STRINGS = List.of("1", "true", "null", "[]", "{}", "\"\\ud800\"", "\"\\udc00x\"");
    private static final List<String> NO_BOOLEANS = List.of("0", "1", "\"true\"", "null", "[]", "{}");
    private static final String LONGEST_NAME = '"' + "n".repeat(255) + '"';
    private static final String TOO_LONG_NAME = '"' + "n".repeat(256) + '"';

    private static final Map<Member, List<String>> GOOD = new EnumMap<>(Member.class);
    private static final Map<Member, List<String>> BAD = new EnumMap<>(Member.class);

    static {
        of(Member.ID, List.of("0", "1", "9007199254740991"), NO_INTEGERS, "9007199254740992");
        of(Member.QUEUE, List.of("\"q\"", LONGEST_NAME, "\"" + "é".repeat(127) + "\"", "\"\\u0041 b\""), NO_STRINGS, "\"\"", TOO_LONG_NAME,
            "\"" + "é".repeat(128) + "\"", "\"a\\u0000\"", "\"\\n\"", "\"\\u007f\"", "\"\u007f\"", "\"\\u0085\"", "\"\u009f\"");
        of(Member.PAYLOAD, List.of("\"\"", "\"QQ==\"", "\"AAAA\"", "\"\\/\\/\\/\\/\"", "\"\\u0041AAA\""), NO_STRINGS);
        of(Member.TEXT, List.of("\"\"", "\"a\\ud83d\\ude00\"", "\"\\u0000\""), NO_STRINGS);
        of(Member.MESSAGES, List.of("[1]"), List.of("1", "\"a\"", "true", "null", "{}", "[]", "[null]", "[1.0]", "[-1]", "[\"a\"]", "[[1]]",
            "[1,{}]", "[1,null]", "[" + "1,".repeat(1000) + "1]"), "[9223372036854775808]");
        of(Member.PRIORITY, List.of("0", "9"), NO_INTEGERS, "10");
        of(Member.DELAY_MS, List.of("0", "1", "316224000000"), NO_INTEGERS, "316224000001");
        of(Member.HEADERS, List.of("{}", "{\"a\":\"b\"}", "{\"\":\"\"}", "{ \"a\" : \"\\u0000\" , \"b\":\"c\" }"),
            List.of("1", "\"a\"", "true", "null", "[]", "{\"a\":1}", "{\"a\":null}", "{\"a\":{}}", "{\"a\":\"b\",\"a\":\"c\"}",
                "{\"a\":\"b\",\"\\u0061\":\"c\"}", "{\"\\ud800\":\"c\"}", "{\"a\":\"\\ud800\"}", headers(33, 1), headers(32, 130)),
            headers(1, 4097));
        of(Member.DURABILITY, List.of("\"memory\"", "\"written\"", "\"synced\""), NO_STRINGS, "\"\"", "\"SYNCED\"", "\"sync\"");
        of(Member.MAX, List.of("1", "1000"), NO_INTEGERS, "0", "1001", "4294967297");
        of(Member.WAIT_MS, List.of("0", "316224000000"), NO_INTEGERS, "316224000001");
        of(Member.LEASE_MS, List.of("1", "316224000000"), NO_INTEGERS, "316224000001");
        of(Member.AS, List.of("\"payload\"", "\"text\""), NO_STRINGS, "\"json\"", "\"\"", "\"operation\"");
        of(Member.DETAILS, List.of("true", "false"), NO_BOOLEANS);
        of(Member.KEEP, List.of("true", "false"), NO_BOOLEANS);
        of(Member.MESSAGE, List.of("0", "1", "9223372036854775807"), NO_INTEGERS);
        of(Member.ATTEMPT, List.of("1", "2147483647"), NO_INTEGERS, "0", "2147483648");
        of(Member.FROM, List.of("0", "9"), NO_INTEGERS);
        of(Member.TO, List.of("9", "9223372036854775807"), NO_INTEGERS);
        of(Member.PREFIX, List.of("\"\"", "\"q\"", LONGEST_NAME), NO_STRINGS, TOO_LONG_NAME, "\"\\u0001\"");
        of(Member.AFTER, List.of("\"\"", "\"q\"", LONGEST_NAME), NO_STRINGS, TOO_LONG_NAME, "\"\\u0001\"");
        of(Member.VERSION, List.of("1"), NO_INTEGERS, "0", "2");
        of(Member.NAME, List.of("\"\"", "\"a client\""), NO_STRINGS);
        of(Member.AUTH, List.of("{}", "{\"user\":\"u\"}", "{\"user\":\"\",\"password\":\"\"}"), List.of("1", "\"u\"", "true", "null", "[]",
            "{\"user\":1}", "{\"user\":null}", "{\"pass\":\"\"}", "{\"user\":\"u\",\"user\":\"v\"}", "{\"queue\":\"q\"}",
            "{\"password\":\"\\ud800\"}"));
        of(Member.TOPIC, List.of("\"t\"", "\"a.b.c\"", "\"*a.b>.>>\"", LONGEST_NAME), NO_STRINGS, "\"\"", TOO_LONG_NAME, "\".\"", "\"a.\"",
            "\".a\"", "\"a..b\"", "\">.a\"", "\"a.>.b\"", "\"a\\u0000\"");
        of(Member.TTL_MS, List.of("0", "1", "316224000000"), NO_INTEGERS, "316224000001");
        of(Member.PRODUCER, List.of("\"p\"", LONGEST_NAME), NO_STRINGS, "\"\"", TOO_LONG_NAME, "\"\\n\"");
        of(Member.SEQUENCE, List.of("0", "9223372036854775807"), NO_INTEGERS);
        of(Member.CONFIRM, List.of("\"each\"", "\"last\""), NO_STRINGS, "\"\"", "\"none\"", "\"LAST\"");
        of(Member.REASON, List.of("\"\"", "\"\\u0000\\n\"", LONGEST_NAME), NO_STRINGS, TOO_LONG_NAME, "\"" + "é".repeat(128) + "\"");
        of(Member.STATE, List.of("\"ready\"", "\"delayed\"", "\"leased\"", "\"parked\""), NO_STRINGS, "\"\"", "\"gone\"", "\"READY\"");
        of(Member.STEPS, List.of("[{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1}]",
            "[ {\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\"} , {\"operation\":\"park\",\"queue\":\"q\",\"from\":1,\"to\":2} ]"),
            List.of("1", "\"a\"", "true", "null", "[]", "{}"));
        of(Member.CREDIT, List.of("1", "100000"), NO_INTEGERS, "0", "100001");
        of(Member.CONSUMER, List.of("0", "9223372036854775807"), NO_INTEGERS);
        of(Member.CAPACITY, List.of("1", "2000"), NO_INTEGERS, "0", "2001");
        of(Member.MAX_MESSAGE_LENGTH, List.of("1", "1000"), NO_INTEGERS, "0", "1001");
        of(Member.MAX_ATTEMPTS, List.of("0", "1000000"), NO_INTEGERS, "1000001");
        of(Member.DEAD_LETTER, List.of("\"\"", "\"d\"", LONGEST_NAME), NO_STRINGS, TOO_LONG_NAME, "\"\\u0001\"");
        of(Member.ON_FULL, List.of("\"reject\"", "\"drop_oldest\""), NO_STRINGS, "\"\"", "\"drop\"", "\"Reject\"");
        of(Member.PAUSED, List.of("true", "false"), NO_BOOLEANS);
        of(Member.IF_EMPTY, List.of("true", "false"), NO_BOOLEANS);
        of(Member.CONFIRMATION, List.of("\"\"", "null", "1", "{\"a\":[1]}", "true"), List.of());
        of(Member.ERROR, List.of("\"\"", "null", "1", "{\"a\":[1]}", "true"), List.of());
    }

    private final CodecKit kit = new CodecKit();

    private static void of(final Member member, final List<String> good, final List<String> bad, final String... more) {
        GOOD.put(member, good);
        BAD.put(member, Stream.concat(bad.stream(), Stream.of(more)).toList());
    }

    private static String headers(final int count, final int valueLength) {
        final StringBuilder headers = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            headers.append(i == 0 ? "" : ",").append("\"h").append(i).append("\":\"").append("v".repeat(valueLength)).append('"');
        }
        return headers.append('}').toString();
    }

    private static Stream<Operation> operations() {
        return Stream.of(Operation.values());
    }

    private static Stream<Arguments> allowed() {
        return operations().flatMap(operation -> GOOD.keySet().stream().filter(operation::allows).map(member -> Arguments.of(operation, member)));
    }

    private static Stream<Arguments> strange() {
        return operations().flatMap(operation -> GOOD.keySet().stream().filter(member -> !operation.allows(member))
            .map(member -> Arguments.of(operation, member)));
    }

    /** What a request needs beside a member, so that the member is all that can be wrong with it. */
    private static String rest(final Operation operation, final Member member) {
        final StringBuilder rest = new StringBuilder("\"operation\":\"" + operation.word() + '"');
        if (operation.allows(Member.QUEUE) && member != Member.QUEUE && (!isPublish(operation) || member != Member.TOPIC)) {
            rest.append(",\"queue\":\"q\"");
        }
        switch (operation) {
            case PUBLISH, P -> {
                if (member != Member.PAYLOAD && member != Member.TEXT && member != Member.MESSAGES) {
                    rest.append(",\"text\":\"t\"");
                }
                rest.append(member == Member.PRODUCER ? ",\"sequence\":1" : member == Member.SEQUENCE ? ",\"producer\":\"p\"" : "");
            }
            case ACK, NACK, EXTEND, PARK -> {
                if (member == Member.FROM) {
                    rest.append(",\"to\":9");
                } else if (member == Member.TO) {
                    rest.append(",\"from\":9");
                } else if (member != Member.MESSAGE && member != Member.MESSAGES) {
                    rest.append(",\"message\":1");
                }
            }
            case TAKE -> rest.append(member == Member.DURABILITY ? ",\"lease_ms\":0" : "");
            case ATOMIC -> rest.append(member == Member.STEPS ? "" : ",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1}]");
            case CONSUME -> rest.append(member == Member.CREDIT ? "" : ",\"credit\":1");
            case MORE_CREDIT -> rest.append(member == Member.CREDIT ? "" : ",\"credit\":1")
                .append(member == Member.CONSUMER ? "" : ",\"consumer\":1");
            case CANCEL -> rest.append(member == Member.CONSUMER ? "" : ",\"consumer\":1");
            case BIND, UNBIND -> rest.append(member == Member.TOPIC ? "" : ",\"topic\":\"t\"");
            case HELLO -> rest.append(member == Member.VERSION ? "" : ",\"version\":1");
            default -> { }
        }
        return rest.toString();
    }

    /** Good values of the member in a request of this operation. */
    private static List<String> good(final Operation operation, final Member member) {
        final boolean isBatch = isPublish(operation);
        if (member == Member.MESSAGES && isBatch) {
            return List.of("[{\"text\":\"a\"}]", "[ {\"payload\":\"QQ==\",\"priority\":3} , {\"text\":\"\",\"headers\":{},\"delay_ms\":4} ]",
                "[" + "{\"text\":\"\"},".repeat(999) + "{\"text\":\"\"}]");
        }
        if (member == Member.PAYLOAD && !isBatch) {
            return List.of("\"\"");
        }
        return GOOD.get(member);
    }

    private static boolean isPublish(final Operation operation) {
        return operation == Operation.PUBLISH || operation == Operation.P;
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void shouldTakeWhatIsGood(final Operation operation, final Member member) {
        final String type = switch (operation) {
            case P -> "publish";
            case S -> "take";
            case L -> "length";
            default -> operation.word();
        };
        for (final String value : good(operation, member)) {
            final String own = "\"" + member.word() + "\":" + value;
            assertThat(kit.verdict('{' + rest(operation, member) + ',' + own + '}')).as(own).isEqualTo(type);
            assertThat(kit.verdict(" {" + own + " , " + rest(operation, member) + "}\r")).as("%s first", own).isEqualTo(type);
            final String escaped = "\"\\u00" + Integer.toHexString(member.word().charAt(0)) + member.word().substring(1) + "\" :\t" + value;
            assertThat(kit.verdict('{' + rest(operation, member) + ',' + escaped + '}')).as(escaped).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void shouldRefuseWhatIsNot(final Operation operation, final Member member) {
        for (final String value : BAD.get(member)) {
            final String own = "\"" + member.word() + "\":" + value;
            assertThat(kit.verdict('{' + rest(operation, member) + ',' + own + '}')).as(own).isEqualTo("bad_request " + member.word());
            assertThat(kit.verdict('{' + own + ',' + rest(operation, member) + '}')).as("%s first", own)
                .isEqualTo("bad_request " + member.word());
            assertThat(kit.reject().text()).as(own).contains(member.word());
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void shouldRefuseWhatIsGivenTwice(final Operation operation, final Member member) {
        final String value = good(operation, member).get(0);
        for (final String again : new String[] {value, "null", "[1]", "1.5"}) {
            assertThat(kit.verdict('{' + rest(operation, member) + ",\"" + member.word() + "\":" + value + ",\"" + member.word() + "\":" + again + '}'))
                .as(again).isEqualTo("bad_request " + member.word());
            assertThat(kit.reject().text()).contains("twice");
        }
    }

    @ParameterizedTest
    @MethodSource("strange")
    void shouldRefuseWhatDoesNotBelong(final Operation operation, final Member member) {
        for (final String value : GOOD.get(member)) {
            assertThat(kit.verdict('{' + rest(operation, member) + ",\"" + member.word() + "\":" + value + '}')).as(value)
                .isEqualTo("bad_request " + member.word());
            assertThat(kit.reject().text()).contains("not a member of " + operation.word());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseWhatBelongsInsideOnly(final Operation operation) {
        for (final Member member : INNER) {
            assertThat(kit.verdict('{' + rest(operation, member) + ",\"" + member.word() + "\":\"x\"}"))
                .isEqualTo("bad_request " + member.word());
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void shouldRefuseTheRequestWithoutWhatItMustHave(final Operation operation, final Member member) {
        final boolean isRequired = operation.firstMissing(~member.bit()) == member || isPublish(operation) && member == Member.QUEUE;
        final String verdict = kit.verdict('{' + rest(operation, member) + '}');
        if (isRequired) {
            assertThat(verdict).isEqualTo("bad_request " + member.word());
            assertThat(kit.reject().text()).contains("missing");
        } else {
            final boolean isOneOf = Set.of(Member.PAYLOAD, Member.TEXT, Member.MESSAGES, Member.MESSAGE, Member.FROM, Member.TO,
                Member.TOPIC, Member.PRODUCER, Member.SEQUENCE).contains(member);
            final boolean isShortOfPayload = member == Member.PAYLOAD && (operation == Operation.S || operation == Operation.L);
            if (isOneOf && !isShortOfPayload) {
                assertThat(verdict).startsWith("bad_request ");
            } else {
                assertThat(verdict).doesNotContain("bad_");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldHintAtTheMemberThatWasMeant(final Operation operation) {
        for (final Member member : GOOD.keySet()) {
            if (operation.allows(member) && member.word().length() > 3) {
                final String typed = member.word().substring(0, 2) + "x" + member.word().substring(2);
                assertThat(kit.verdict('{' + rest(operation, member) + ",\"" + typed + "\":1}")).isEqualTo("bad_request " + typed);
                assertThat(kit.reject().text()).contains("did you mean '" + member.word() + "'?");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldHintAtTheOperationThatWasMeant(final Operation operation) {
        if (operation.word().length() > 3) {
            assertThat(kit.verdict("{\"operation\":\"" + operation.word() + "x\",\"id\":3}")).isEqualTo("unknown_operation operation");
            assertThat(kit.reject().text()).contains("did you mean '" + operation.word() + "'?");
        }
        assertThat(OF_ANYTHING).allMatch(member -> operation.allows(member) == operation.isShort());
    }
}
