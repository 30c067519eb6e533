@NullMarked
package dev.hookferry.internal.image;

import org.jspecify.annotations.NullMarked;
