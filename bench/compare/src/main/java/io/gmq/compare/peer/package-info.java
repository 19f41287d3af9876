/** The brokers that are compared: how to find each on this machine, start and stop it, and what its confirmations are worth. */
package io.gmq.compare.peer;
