@NullMarked
package dev.hookferry.internal.replay;

import org.jspecify.annotations.NullMarked;
