/** What a run has found out, as a document, as plots and as JSON. */
package io.gmq.compare.doc;
