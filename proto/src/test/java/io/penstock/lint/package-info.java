/**
 * Holds the .proto files to the style that their readers expect (the rules of Buf's STANDARD set
 * that apply).
 */
@NullMarked
package io.penstock.lint;

import org.jspecify.annotations.NullMarked;
