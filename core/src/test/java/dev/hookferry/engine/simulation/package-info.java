/** The simulation: engines, stores and receivers in virtual time, driven from a seed. */
@NullMarked
package dev.hookferry.engine.simulation;

import org.jspecify.annotations.NullMarked;
