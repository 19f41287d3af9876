/** Holds the documents to what the broker does: whatever they show is played against one. */
package io.gmq.broker.docs;
