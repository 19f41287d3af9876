/**
 * The engine against its twin: random commands from a seed, a slow and obvious model that must give the same effects, and a
 * way to make what fails short enough to read.
 */
package io.gmq.engine.sim;
