/** Reading of published events: the payload is sliced out of the request byte for byte. */
@NullMarked
package dev.hookferry.http.publish;

import org.jspecify.annotations.NullMarked;
