/** Benchmarks of the parts, and what they need to drive them. How to run them: {@code docs/benchmarks.md}. */
package io.gmq.bench;
