/** Benchmarks of the parts, each without the others, and what they need to drive them. How to run them: {@code docs/benchmarks.md}. */
package io.gmq.bench.jmh;
