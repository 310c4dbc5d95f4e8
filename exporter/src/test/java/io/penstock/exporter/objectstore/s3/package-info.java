/** Tests against a real S3 server. */
@NullMarked
package io.penstock.exporter.objectstore.s3;

import org.jspecify.annotations.NullMarked;
