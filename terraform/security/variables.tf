variable "plan" {
  description = "File with a plan, as terraform show -json prints it; null where resources are given."
  type        = string
  default     = null
}

variable "resources" {
  description = "Resources to look at instead, each with address, type and values."
  type        = any
  default     = []
}

variable "protected" {
  description = "Whether what holds data has to be protected from deletion, backed up, and in several zones."
  type        = bool
  default     = true
}
