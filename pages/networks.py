"""Where a request comes from, as far as one client can be told from another."""

import ipaddress


def network_of(client: str) -> str:
    """Return the address of a client; of IPv6 the network (/64), of which one connection has all addresses.

    Raises ValueError for what is no address.
    """
    address = ipaddress.ip_address(client)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))


def wide_network_of(client: str) -> str:
    """Return the network of an organisation: /24 of IPv4, /48 of IPv6, of which one customer may get all.

    Raises ValueError for what is no address.
    """
    address = ipaddress.ip_address(client)
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
