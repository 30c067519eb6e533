/** Spring Modulith: events that its modules externalize become webhooks. Not for direct use. */
@NullMarked
package dev.hookferry.spring.modulith;

import org.jspecify.annotations.NullMarked;
