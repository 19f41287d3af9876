/** GMQ and other brokers side by side: the command. */
package io.gmq.compare;
