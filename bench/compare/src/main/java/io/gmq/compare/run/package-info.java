/** The run: rounds, measurements, what came out. */
package io.gmq.compare.run;
