/** The customers' portal within an application's own web server. Not for direct use. */
@NullMarked
package dev.hookferry.spring.portal;

import org.jspecify.annotations.NullMarked;
