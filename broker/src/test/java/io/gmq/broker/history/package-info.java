/** Journals of a past that was made by hand, and what is told of it. */
package io.gmq.broker.history;
