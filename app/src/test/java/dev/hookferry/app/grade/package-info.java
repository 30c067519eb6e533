/** Tests of grading receivers. */
@NullMarked
package dev.hookferry.app.grade;

import org.jspecify.annotations.NullMarked;
