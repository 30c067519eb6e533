/** Tests of the manual: its examples compile and work, its tables match the code. */
@NullMarked
package dev.hookferry.docs;

import org.jspecify.annotations.NullMarked;
