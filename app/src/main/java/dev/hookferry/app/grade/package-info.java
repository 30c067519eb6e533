/**
 * Grades a receiver: sends it events that it must accept and forged ones that it must refuse, and
 * reports its mistakes. Does not depend on the command line, which is in {@code app.cli.server}.
 */
@NullMarked
package dev.hookferry.app.grade;

import org.jspecify.annotations.NullMarked;
