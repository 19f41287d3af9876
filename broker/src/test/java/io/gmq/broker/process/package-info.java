/** The broker as a process of its own: how it starts, how it ends, and what is left when it is killed. */
package io.gmq.broker.process;
