/** Tests of access logs; a regular expression and the generated protobuf classes are the judges. */
@NullMarked
package io.penstock.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
