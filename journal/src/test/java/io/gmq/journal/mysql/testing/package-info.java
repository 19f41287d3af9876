/** A database server for tests, and what goes wrong between it and a broker. */
package io.gmq.journal.mysql.testing;
