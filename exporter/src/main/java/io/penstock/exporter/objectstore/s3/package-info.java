/**
 * The store whose objects are those of a bucket with the S3 API.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.objectstore.s3.S3Store} uploads a file by one PUT or,
 * above the size of a part, by a multipart upload; the request that makes the object visible is
 * conditional ({@code If-None-Match: *}, Amazon S3 User Guide, "conditional writes"), so an object
 * that is there is never written again. Before an upload in parts begins, those that earlier tries
 * for the same key left open are aborted.
 *
 * <p><b>Flow.</b> In: a file on the local disk and its key. Out: requests of the AWS SDK's
 * asynchronous client over Netty.
 *
 * <p><b>Threads.</b> Any thread; calls block until the bucket has answered or the time-out of a
 * request has passed. All clients of the process share two event loops; what else a client has ends
 * with its store.
 *
 * <p><b>Limits.</b> One part at a time is under way per call; it is read from the file as it is
 * sent. Checksums beyond those that an operation needs are not sent, since stores other than
 * Amazon's refuse them.
 */
@NullMarked
package io.penstock.exporter.objectstore.s3;

import org.jspecify.annotations.NullMarked;
