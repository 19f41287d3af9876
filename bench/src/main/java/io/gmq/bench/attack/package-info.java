/**
 * What clients that mean harm can do to others: each attack is run against a broker while a modest client measures. {@code bench/attack}
 * runs it.
 */
package io.gmq.bench.attack;
