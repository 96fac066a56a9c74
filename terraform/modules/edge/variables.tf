variable "name" {
  description = "Name of the balancer: lower-case letters, digits and hyphens, 3 to 24 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name: ${var.name} (expected: 3 to 24 lower-case letters, digits and hyphens, a letter first)."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Zone to public subnet."
  type        = map(string)
  nullable    = false
}

variable "gateway_security_group_id" {
  description = "Security group of the gateways' pods, which is opened for the balancer."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "Cluster that puts its pods into the group of targets."
  type        = string
  nullable    = false
}

variable "players_cidrs" {
  description = "Addresses that players come from; by default all of IPv4."
  type        = set(string)
  default     = ["0.0.0.0/0"]
  nullable    = false
  validation {
    condition     = length(var.players_cidrs) > 0 && alltrue([for cidr in var.players_cidrs : can(cidrhost(cidr, 0)) && !strcontains(cidr, ":")])
    error_message = "players_cidrs: ${join(", ", var.players_cidrs)} (expected: at least one IPv4 range)."
  }
}

variable "domain" {
  description = "Name that players connect to, such as play.example.com."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain)) && length(var.domain) <= 64
    error_message = "domain: ${var.domain} (expected: such as play.example.com, 64 characters at most)."
  }
}

variable "dns_zone_id" {
  description = "Zone of Route 53 that domain lies in; null where names are kept elsewhere, then certificate_arn has to be given and domain has to be led to the output dns_name."
  type        = string
  default     = null
  validation {
    condition     = var.dns_zone_id == null ? true : can(regex("^Z[A-Z0-9]{5,31}$", var.dns_zone_id))
    error_message = "dns_zone_id: ${coalesce(var.dns_zone_id, "none")} (expected: such as Z0123456789ABCDEFGHIJ)."
  }
}

variable "certificate_arn" {
  description = "Certificate of domain; null for one that is made here, which needs dns_zone_id."
  type        = string
  default     = null
  validation {
    condition     = var.certificate_arn == null ? var.dns_zone_id != null : can(regex("^arn:aws:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "certificate_arn: ${coalesce(var.certificate_arn, "none")} (expected: the ARN of a certificate, or dns_zone_id to make one)."
  }
}

variable "drain_seconds" {
  description = "Seconds for which connections stay when a gateway leaves; it asks its players to connect elsewhere meanwhile, which takes it 33."
  type        = number
  default     = 60
  nullable    = false
  validation {
    condition     = var.drain_seconds >= 40 && var.drain_seconds <= 3600
    error_message = "drain_seconds: ${var.drain_seconds} (expected: 40 to 3600; a gateway drains for up to 33)."
  }
}

variable "deletion_protection" {
  description = "Whether the balancer refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}
