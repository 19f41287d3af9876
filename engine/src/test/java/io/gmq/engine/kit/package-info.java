/** What tests of the engine, here and in other modules, build on: commands in a line, effects as text, a clock moved by hand. */
package io.gmq.engine.kit;
