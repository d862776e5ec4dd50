"""What carries each channel on this installation, by its settings."""

from collections.abc import Iterator
from functools import cache

from django.conf import settings

from fengsui.platform.notices import mail
from fengsui.platform.notices.gateway import Gateway, Message, Rejected, gateway_of
from fengsui.platform.notices.lifecycle import Channel


def configured(channel: Channel) -> bool:
    if channel == Channel.APP:
        return True
    if channel == Channel.MAIL:
        return bool(settings.EMAIL_HOST)
    return channel in settings.GATEWAYS


@cache
def gateway(channel: Channel) -> Gateway:
    """Refuses `gateway-settings`."""
    return gateway_of(channel, settings.GATEWAYS[channel])


def carry(channel: Channel, message: Message) -> str:
    """Send; the provider's id. Raises Unreachable, Rejected."""
    if not configured(channel):
        raise Rejected("channel is not configured")
    return mail.send(message) if channel == Channel.MAIL else gateway(channel).send(message)


def gateways() -> Iterator[tuple[Channel, Gateway]]:
    for name in settings.GATEWAYS:
        yield Channel(name), gateway(Channel(name))
