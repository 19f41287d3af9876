/** The protocols that the generator speaks, and servers that do nothing else but answer in them. */
package io.gmq.bench.wire;
