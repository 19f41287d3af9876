package io.gmq.broker.cli;

import io.gmq.client.Durability;
import io.gmq.client.MessageState;
import io.gmq.client.OnFull;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of the protocol, and numbers, as values of options, and what a shell completes of them. */
final class Words {
    private Words() {
    }

    static void register(final CommandLine commandLine) {
        commandLine.registerConverter(Durability.class, converter(Durability::ofLevel));
        commandLine.registerConverter(MessageState.class, converter(MessageState::ofWord));
        commandLine.registerConverter(OnFull.class, converter(OnFull::ofWord));
        final ITypeConverter<Integer> numbers = number(Integer::valueOf);
        commandLine.registerConverter(Integer.class, numbers);
        commandLine.registerConverter(int.class, numbers);
        final ITypeConverter<Long> longNumbers = number(Long::valueOf);
        commandLine.registerConverter(Long.class, longNumbers);
        commandLine.registerConverter(long.class, longNumbers);
    }

    private static <T> ITypeConverter<T> number(final Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (final NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no number");
            }
        };
    }

    private static <T> ITypeConverter<T> converter(final Function<String, T> parse) {
        return word -> {
            try {
                return parse.apply(word);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /** For {@code --durability}. */
    static final class Levels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Durability.values()).map(Durability::level).iterator();
        }
    }

    /** For {@code --state}. */
    static final class States implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(MessageState.values()).map(MessageState::word).iterator();
        }
    }

    /** For {@code --on-full}. */
    static final class OnFulls implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(OnFull.values()).map(OnFull::word).iterator();
        }
    }
}
