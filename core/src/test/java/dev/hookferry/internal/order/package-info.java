@NullMarked
package dev.hookferry.internal.order;

import org.jspecify.annotations.NullMarked;
