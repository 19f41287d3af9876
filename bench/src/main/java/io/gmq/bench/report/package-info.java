/** What becomes of results: numbers as people read them, JSON, plots, and one page of HTML that needs nothing else. */
package io.gmq.bench.report;
