/** A broker with TLS, as its clients and commands meet it. */
package io.gmq.broker.tls;
