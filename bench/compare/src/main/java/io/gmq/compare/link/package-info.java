/**
 * Brokers as their own Java clients see them: one {@link io.gmq.compare.link.Link} for each, all under the same
 * {@link io.gmq.compare.link.Flow}.
 */
package io.gmq.compare.link;
