"""Publishes persistent 1 KB messages to a quorum queue, 100 unconfirmed at a time, and prints how many a second were
confirmed. Arguments: port, seconds, the broker's version."""

import json
import sys
import time

import pika

BODY = bytes(1024)
IN_FLIGHT = 100
QUEUE = "deposits"


class Publisher:
    """Keeps IN_FLIGHT messages unconfirmed until the time is over, then waits for the last confirmation."""

    def __init__(self, port, seconds):
        self.seconds = seconds
        self.sent = self.confirmed = 0
        parameters = pika.ConnectionParameters("127.0.0.1", port)
        self.connection = pika.SelectConnection(parameters, on_open_callback=self.opened, on_open_error_callback=self.failed)

    def failed(self, _connection, error):
        raise SystemExit(f"the broker can't be reached: {error}")

    def opened(self, connection):
        connection.channel(on_open_callback=self.channel_opened)

    def channel_opened(self, channel):
        self.channel = channel
        arguments = {"x-queue-type": "quorum"}
        channel.queue_declare(QUEUE, durable=True, arguments=arguments, callback=self.declared)

    def declared(self, _frame):
        self.channel.confirm_delivery(self.answered, callback=self.begin)

    def begin(self, _frame):
        self.began = time.monotonic()
        for _ in range(IN_FLIGHT):
            self.publish()

    def publish(self):
        self.channel.basic_publish("", QUEUE, BODY, pika.BasicProperties(delivery_mode=2))
        self.sent += 1

    def answered(self, frame):
        if not isinstance(frame.method, pika.spec.Basic.Ack):
            raise SystemExit("the broker refused a message")
        if frame.method.multiple:
            newly = frame.method.delivery_tag - self.confirmed
        else:
            newly = 1
        self.confirmed += newly
        if time.monotonic() - self.began < self.seconds:
            for _ in range(newly):
                self.publish()
        elif self.confirmed >= self.sent:
            self.took = time.monotonic() - self.began
            self.connection.close()
            self.connection.ioloop.stop()


port, seconds, version = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
publisher = Publisher(port, seconds)
publisher.connection.ioloop.start()
print(json.dumps({
    "bench": "relay/relay_deposits",
    "name": "RabbitMQ quorum queue, confirms, 100 in flight",
    "version": version,
    "value": publisher.confirmed / publisher.took,
}))
