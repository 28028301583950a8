/** What CloudFormation says to the function of a custom resource. */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete'
  readonly ResponseURL: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId?: string
  readonly ResourceProperties: Readonly<Record<string, string>>
}

/**
 * Makes or changes a resource, and tells CloudFormation how that went. Nothing is done when it is deleted.
 * @param act answers what the template may ask of the resource, all of it secret
 */
export const handleResource = async (event: ResourceEvent, act: () => Promise<object | undefined>): Promise<void> => {
  const { RequestType, StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId } = event
  const outcome = async (): Promise<object> => {
    try {
      const Data = RequestType === 'Delete' ? undefined : await act()
      return { Status: 'SUCCESS', NoEcho: true, ...(Data && { Data }) }
    } catch (error) {
      return { Status: 'FAILED', Reason: String(error) }
    }
  }
  const body = JSON.stringify({ ...(await outcome()), StackId, RequestId, LogicalResourceId, PhysicalResourceId })
  await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } })
}
