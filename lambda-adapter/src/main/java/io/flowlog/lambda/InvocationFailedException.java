package io.flowlog.lambda;

/**
 * Fails the invocation, so that Lambda tries the event again and then keeps it at its failure destination. The runtime
 * posts the message as it is: it names objects and what is wrong, and nothing else. It has no stack trace and no cause,
 * whose messages could say more.
 */
final class InvocationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailedException(String message) {
        super(message, null, false, false);
    }
}
