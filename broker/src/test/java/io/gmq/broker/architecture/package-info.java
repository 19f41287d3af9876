/** Rules that the build enforces on the byte code of all modules. */
package io.gmq.broker.architecture;
