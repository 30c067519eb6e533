/** What the core needs from outside; the Javadoc of these interfaces is their contract. */
@NullMarked
package dev.hookferry.port;

import org.jspecify.annotations.NullMarked;
