// The way to an identity provider and back, in a window of its own: the page stays, with what was typed on it.

export async function goInWindow(begin: () => Promise<{ url: string }>): Promise<void> {
  // Before the answer: browsers open windows for a click, not for an answer.
  const popup = window.open('', '_blank', 'popup,width=520,height=720');
  try {
    const { url } = await begin();
    if (popup) popup.location.href = url;
    else window.location.assign(url);
  } catch (error) {
    popup?.close();
    throw error;
  }
}
