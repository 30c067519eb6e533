/** Tests of imports. */
@NullMarked
package dev.hookferry.app.migration;

import org.jspecify.annotations.NullMarked;
