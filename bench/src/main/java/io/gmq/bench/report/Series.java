package io.gmq.bench.report;

import java.util.List;

/**
 * Points of a plot that belong together.
 *
 * @param name what the legend says.
 * @param xs   where they are; of bars the names of the groups, else numbers.
 * @param ys   how much there is.
 */
public record Series(String name, List<?> xs, List<? extends Number> ys) {
}
