/**
 * The Lambda function: an event names objects in S3, each is read, parsed and delivered to the log lake, and the answer
 * says which were not.
 *
 * <p>{@link io.flowlog.lambda.FlowLogHandler} is all that Lambda and users see. Behind it, in the order in which an event
 * travels: {@code Settings}, {@code EventReader}, {@code Invocation}, {@code ObjectDelivery}, {@code Answer}.
 */
@NullMarked
package io.flowlog.lambda;

import org.jspecify.annotations.NullMarked;
