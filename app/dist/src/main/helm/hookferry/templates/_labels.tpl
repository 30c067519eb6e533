{{- define "hookferry.selector" -}}
app.kubernetes.io/name: hookferry
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "hookferry.labels" -}}
{{ include "hookferry.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
