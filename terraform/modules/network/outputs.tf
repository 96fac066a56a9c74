output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Zone to subnet: balancers and NAT gateways."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "private_subnet_ids" {
  description = "Zone to subnet: nodes and pods."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "data_subnet_ids" {
  description = "Zone to subnet: stores, without a route to the internet."
  value       = { for zone, subnet in aws_subnet.data : zone => subnet.id }
}

output "stores_cidr" {
  description = "All addresses that stores have or may get."
  value       = local.stores_cidr
}

output "nat_gateway_ids" {
  description = "Zone to NAT gateway."
  value       = { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
}
